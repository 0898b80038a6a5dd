import Arguments
import Glibc

StandardStreams.openMissing()
Interruption.install()
exit(BenchProgram.run(CommandLine.arguments))
