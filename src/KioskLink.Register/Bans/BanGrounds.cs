using KioskLink.Protos.Types.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Bans;

/// <summary>Says why a patron was banned at a branch and time, to whoever explains a decision (R29, R81). Thread-safe.</summary>
internal sealed class BanGrounds(RegisterCore core)
{
    /// <summary>What the codes of the bans say in the patron's language, each once; bans of the time before codes say nothing.</summary>
    public IReadOnlyList<Notice> Of(long patronId, string branchId, Instant at)
    {
        using var db = core.Store.Read();
        var language = db.Set<PatronRow>().Where(patron => patron.PatronId == patronId).Select(patron => patron.Language).SingleOrDefault();
        return [.. InForce(db, patronId, at)
            .Where(ban => BanView.Branches(ban) is var places && (places.Count == 0 || places.Contains(branchId)))
            .Select(ban => ban.ReasonCode)
            .Where(code => code.Length > 0)
            .Distinct()
            .Select(code => new Notice { Language = (Language)language, Text = BanReasons.Text(core.Profile.Bans, code, (Rules.Access.Language)language) })];
    }

    private static List<BanRow> InForce(RegisterDb db, long patronId, Instant at)
    {
        var ms = at.ToUnixTimeMilliseconds();
        return [.. db.Set<BanRow>().Where(ban => ban.PatronId == patronId && ban.StartAt <= ms && (ban.EndAt == null || ban.EndAt > ms)
            && ban.CreatedAt <= ms && (ban.LiftedAt == null || ban.LiftedAt > ms))];
    }
}
