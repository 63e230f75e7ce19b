using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.PatronSearch;
using KioskLink.Register.Profiles;
using NodaTime;

namespace KioskLink.Register.Store;

/// <summary>
/// The register's memory and its disk, opened together: store, index, change log, write lane. One per process.
/// </summary>
internal sealed class RegisterCore : IAsyncDisposable
{
    private RegisterCore(RegisterStore store, ConsortiumProfile profile, EntitlementIndex index, ChangeLog log, TimeProvider time)
    {
        (Store, Profile, Index, Log, Time) = (store, profile, index, log, time);
        Lane = new WriteLane(store.Connect(), log, time);
    }

    /// <summary>The consortium's rules.</summary>
    public ConsortiumProfile Profile { get; }

    /// <summary>The database.</summary>
    public RegisterStore Store { get; }

    /// <summary>Everything a decision needs, in memory.</summary>
    public EntitlementIndex Index { get; }

    /// <summary>What changed, in commit order.</summary>
    public ChangeLog Log { get; }

    /// <summary>The only way to write.</summary>
    public WriteLane Lane { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Opens the store in a folder and fills the index.</summary>
    /// <exception cref="StoreProblem">The store cannot be used.</exception>
    public static async Task<RegisterCore> OpenAsync(string folder, MasterKey key, ConsortiumProfile profile, TimeProvider time)
    {
        var store = RegisterStore.Open(folder, key, profile.Id, time);
        var facts = new FactsReader(profile, store.Consortium, time);
        var index = new EntitlementIndex();
        await using (var db = store.Read())
        {
            IndexLoader.Load(db, store.Consortium, facts, index);
        }

        var core = new RegisterCore(store, profile, index, new ChangeLog(store, index, facts), time);
        await core.Lane.WriteAsync(scope => AuditRecovery.Run(scope, store)).ConfigureAwait(false);
        await core.Lane.WriteAsync(Recovery.TellGuesses).ConfigureAwait(false);
        await core.Lane.WriteAsync(scope => Recovery.TellBranches(scope, index)).ConfigureAwait(false);
        await PatronNames.FillAsync(store, core.Lane).ConfigureAwait(false);
        return core;
    }

    /// <summary>The present time.</summary>
    public Instant Now() => Instant.FromDateTimeOffset(Time.GetUtcNow());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Lane.DisposeAsync();
}
