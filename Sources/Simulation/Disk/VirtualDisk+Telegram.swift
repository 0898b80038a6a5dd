import Engine
import Protocol

/// What the disk keeps of the talk with Telegram.
extension VirtualDisk {
    mutating func keep(_ record: TelegramRecord) {
        switch record {
        case .heard(let offset):
            telegram.offsets.removeAll { $0.bot == offset.bot }
            telegram.offsets.append(offset)
        case .chat(let chat):
            telegram.chats.removeAll { $0.bot == chat.bot && $0.id == chat.id }
            telegram.chats.append(chat)
        case .owed(let owed):
            telegram.owed.append(owed)
        case .answered(let bot, let update):
            telegram.owed.removeAll { $0.bot == bot && $0.update == update }
        }
    }
}
