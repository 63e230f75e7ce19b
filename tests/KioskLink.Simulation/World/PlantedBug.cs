namespace KioskLink.Simulation.World;

/// <summary>Bugs of the simulated shell, to see that the promises can break.</summary>
public enum PlantedBug
{
    None,

    /// <summary>The lock opens before the journal's sync returned.</summary>
    UnlockBeforeSync,

    /// <summary>A state that comes late replaces a newer one.</summary>
    OlderStateWins,

    /// <summary>An unlock without answer is sent again.</summary>
    UnlockSentAgain,

    /// <summary>A node that is cut off counts no guesses.</summary>
    GuessesNotSpent,

    /// <summary>Guesses end their day by the node's clock, which a battery may have set.</summary>
    GuessesByTheClock,

    /// <summary>A record is dated by what the machine showed.</summary>
    RecordsDatedByTheMachine,

    /// <summary>The register takes records again that it holds.</summary>
    RecordsTakenTwice,

    /// <summary>After a reconnection only new records are sent.</summary>
    RecordsSkipped,

    /// <summary>A starting node leaves the lock as it is.</summary>
    LockLeftAtStart,

    /// <summary>An answer is kept in place of the facts.</summary>
    AnswersRemembered,

    /// <summary>What a snapshot did not name stays.</summary>
    SnapshotKeepsAll,

    /// <summary>A torn write leaves half a batch.</summary>
    HalfABatchKept,
}
