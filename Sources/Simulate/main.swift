import Arguments
import Glibc

StandardStreams.openMissing()
exit(SimulateProgram.run(CommandLine.arguments))
