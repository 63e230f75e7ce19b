using KioskLink.Node.Journal;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.EventUplink;

/// <summary>Whether the register holds another history of this journal.</summary>
internal static class Fork
{
    /// <summary>What differs; null when the register holds a part of this journal.</summary>
    public static string? Find(NodeJournal journal, EventsHeld held)
    {
        if (held.Sequence == 0)
            return null;
        if (held.Sequence > journal.LastSequence)
            return $"the register holds record {held.Sequence}, the node's last is {journal.LastSequence}";
        return journal.Read(held.Sequence, 1) is [var own] && own.Sequence == held.Sequence && !own.Hash.Equals(held.Hash)
            ? $"record {held.Sequence} differs"
            : null;
    }
}
