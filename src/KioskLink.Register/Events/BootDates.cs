using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Register.Events;

/// <summary>
/// When the boots of a node began, as far as its records tell. A record that was written while nobody vouched for the node's clock
/// carries boot id and time since that boot; a trusted record of the same boot dates it (DESIGN 8). For one stream, one loop.
/// </summary>
internal sealed class BootDates
{
    /// <summary>Boots that are remembered; at that number all are forgotten, and stored records tell again.</summary>
    public const int Limit = 1024;

    private readonly Dictionary<string, Instant> _began = new(StringComparer.Ordinal);
    private string _met = "";

    /// <summary>Whether the stream comes to a boot for the first time: the records of a boot lie together.</summary>
    public bool Meet(string bootId)
    {
        var isNew = _met != bootId;
        _met = bootId;
        return isNew;
    }

    /// <summary>Learns from a record; those that vouch for nothing teach nothing.</summary>
    public void Learn(RecordOpen open)
    {
        if (open is not { ClockTrusted: true, Time: { } time, BootTime: { } since, BootId.Length: > 0 }) return;
        if (_began.Count == Limit) _began.Clear();
        _began[open.BootId] = time.FromProto() - since.FromProto();
    }

    /// <summary>When a boot began; null while no record has told.</summary>
    public Instant? Of(string bootId) => _began.TryGetValue(bootId, out var began) ? began : null;

    /// <summary>When a record was written; null where nobody can tell yet.</summary>
    public Instant? TimeOf(RecordOpen open) => open switch
    {
        { ClockTrusted: true } => open.Time?.FromProto(),
        { BootTime: { } since } when Of(open.BootId) is { } began => began + since.FromProto(),
        _ => null,
    };
}
