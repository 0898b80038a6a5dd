import Arguments
import Glibc
import Processes

StandardStreams.openMissing()
Interruption.install { signal in _exit(128 + signal) }
exit(BenchProgram.run(CommandLine.arguments))
