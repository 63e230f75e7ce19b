using KioskLink.Register.Cards;
using KioskLink.Register.Facts;

namespace KioskLink.Register.Store;

/// <summary>What a stop in the middle left undone, and what a new profile changes.</summary>
internal static class Recovery
{
    /// <summary>A guess whose end nobody told before the stop was spent: it is told to the nodes as any wrong one.</summary>
    public static void TellGuesses(WriteScope scope)
    {
        foreach (var row in scope.Db.Set<GuessRow>().Where(row => row.Consortium == scope.Consortium && row.InFlight).ToList())
        {
            var target = new GuessTarget(BlindIndex.Read(row.NumberIndex), row.CardId);
            GuessRows.Write(scope, target, Guesses.Read(row.State, row.Attempts).EndAll(scope.Now));
            scope.Touch(target.Entity, priority: true);
        }
    }

    /// <summary>Branches whose rules the profile has changed since the log last told of them are told again.</summary>
    public static void TellBranches(WriteScope scope, EntitlementIndex index)
    {
        foreach (var branch in index.Branches)
        {
            var logged = scope.Db.Set<ChangeRow>()
                .Where(row => row.Consortium == scope.Consortium && row.Version == branch.Version)
                .Select(row => row.Facts)
                .SingleOrDefault();
            if (logged is null || !logged.AsSpan().SequenceEqual(StoredFacts.Write(branch)))
            {
                scope.Touch(branch.Entity, priority: true);
            }
        }
    }
}
