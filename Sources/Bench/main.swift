import Glibc

Interruption.install()
exit(BenchProgram.run(CommandLine.arguments))
