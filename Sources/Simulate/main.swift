import Glibc

exit(SimulateProgram.run(CommandLine.arguments))
