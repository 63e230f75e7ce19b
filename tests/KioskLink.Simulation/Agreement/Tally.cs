using System.Globalization;
using System.Text;
using KioskLink.Rules.Access;

namespace KioskLink.Simulation.Agreement;

/// <summary>How often each code, source and boundary was met. One thread each; added up at the end.</summary>
internal sealed class Tally
{
    private static readonly int Codes = Enum.GetValues<DecisionCode>().Length;
    private readonly long[] _register = new long[Codes];
    private readonly long[] _replica = new long[Codes];
    private readonly long[,] _hits = new long[Enum.GetValues<BoundaryKind>().Length, 3];
    private readonly long[] _flips = new long[Enum.GetValues<BoundaryKind>().Length];

    /// <summary>Codes that only a register, or only a node that is cut off, can give.</summary>
    public static IReadOnlyList<DecisionCode> OfRegister { get; } = [DecisionCode.CardUnknown];

    public static IReadOnlyList<DecisionCode> OfReplica { get; } =
        [DecisionCode.OfflineRefused, DecisionCode.ClockUntrusted, DecisionCode.OfflineNotCached, DecisionCode.OfflineTooOld];

    /// <summary>Situations that both sides decided.</summary>
    public long Pairs => _register.Sum();

    public void Count(Decision register, Decision replica)
    {
        _register[(int)register.Code]++;
        _replica[(int)replica.Code]++;
    }

    /// <summary>Notes that a boundary was met one second before it, at it and one second after it.</summary>
    public void Hit(BoundaryKind kind, DecisionCode before, DecisionCode at)
    {
        for (var offset = 0; offset < 3; offset++)
            _hits[(int)kind, offset]++;
        _flips[(int)kind] += before == at ? 0 : 1;
    }

    public void Add(Tally other)
    {
        for (var code = 0; code < Codes; code++)
            (_register[code], _replica[code]) = (_register[code] + other._register[code], _replica[code] + other._replica[code]);
        for (var kind = 0; kind < _flips.Length; kind++)
        {
            _flips[kind] += other._flips[kind];
            for (var offset = 0; offset < 3; offset++)
                _hits[kind, offset] += other._hits[kind, offset];
        }
    }

    /// <summary>What was met too seldom.</summary>
    public IEnumerable<string> FindSeldom(long codesAtLeast) =>
        Enum.GetValues<DecisionCode>().Where(code => code != DecisionCode.None)
            .SelectMany(code => new[] { (Source: "REGISTER", Code: code, Count: _register[(int)code]), (Source: "REPLICA", Code: code, Count: _replica[(int)code]) })
            .Where(met => met.Count < codesAtLeast && !(met.Source == "REGISTER" ? OfReplica : OfRegister).Contains(met.Code))
            .Select(met => $"{met.Code} from {met.Source}: {met.Count}")
            .Concat(Enum.GetValues<BoundaryKind>().Where(kind => _flips[(int)kind] == 0).Select(kind => $"boundary {kind} never changed a decision"));

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{Pairs} decisions of the register and as many of a replica, compared one by one");
        foreach (var code in Enum.GetValues<DecisionCode>().Where(code => code != DecisionCode.None))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {code,-18} register {_register[(int)code],8}  replica {_replica[(int)code],8}");
        foreach (var kind in Enum.GetValues<BoundaryKind>())
            text.AppendLine(CultureInfo.InvariantCulture, $"  {kind,-18} at -1 s {_hits[(int)kind, 0]}, 0 s {_hits[(int)kind, 1]}, +1 s {_hits[(int)kind, 2]}; changed the decision {_flips[(int)kind]} times");
        return text.ToString();
    }
}
