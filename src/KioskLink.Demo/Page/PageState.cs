using KioskLink.Demo.Script;
using KioskLink.Demo.World;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Demo.Page;

/// <summary>What the page shows of the whole demo at a moment.</summary>
internal sealed record PageState(
    string Light, string Text, bool Sounding, bool ReaderPlugged, bool Unlocked, bool Open,
    string Network, bool Register, bool Node, string Link, double FactsAge, long Cards, long Journal, long Delivered)
{
    /// <summary>Looks at the demo; the node's part is empty while it cannot be asked.</summary>
    public static PageState Of(DemoWorld world, GetStatusResponse? node)
    {
        var reader = world.Hardware.Reader;
        var leaf = world.Hardware.Leaf;
        return new PageState(
            reader.Light.ToString().ToLowerInvariant(),
            reader.Text,
            reader.Sounding,
            reader.Powered,
            leaf.IsUnlocked,
            leaf.IsOpen,
            world.Network.Mode.ToString().ToLowerInvariant(),
            world.RegisterRuns,
            world.NodeRuns,
            node?.Link.ToString().ToLowerInvariant() ?? "",
            Math.Round(node?.FactsAge?.ToTimeSpan().TotalSeconds ?? 0),
            node?.Entitlements ?? 0,
            node?.JournalSequence ?? 0,
            node?.JournalAcknowledged ?? 0);
    }
}

/// <summary>A journal record as the page shows it.</summary>
internal sealed record PageRecord(long Sequence, string Kind, string Code, string Source, string Outcome, string Time, string Attempt, string Detail, string Hash)
{
    /// <summary>Takes the open part of a record.</summary>
    public static PageRecord Of(WatchJournalResponse record) => new(
        record.Sequence,
        record.Open.Kind.ToString(),
        record.Open.Code == 0 ? "" : Words.Of(record.Open.Code),
        record.Open.Source == 0 ? "" : Words.Of(record.Open.Source),
        record.Open.Outcome == 0 ? "" : Words.Of(record.Open.Outcome),
        record.Open.Time?.ToDateTime().ToString("HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        record.Open.AttemptId,
        record.Open.Detail,
        Convert.ToHexStringLower(record.Hash.Span[..4]));
}

/// <summary>A step of "follow one card" as the page shows it.</summary>
internal sealed record PageStep(string Attempt, int Step, double Milliseconds, string Code, string Source, string Message, bool Granted, IReadOnlyList<PageRule> Rules)
{
    /// <summary>Takes a step of the node.</summary>
    public static PageStep Of(WatchStepsResponse step) => new(
        step.AttemptId,
        step.Step,
        Math.Round(step.SinceRead?.ToTimeSpan().TotalMilliseconds ?? 0, 1),
        step.Decision is { } decision ? Words.Of(decision.Code) : "",
        step.Decision is { } source ? Words.Of(source.Source) : "",
        step.Decision?.Message ?? "",
        step.Decision?.Granted ?? false,
        [.. step.Rules.Select(rule => new PageRule(Words.Of(rule.Code), rule.Passed, rule.Decisive, rule.Detail))]);
}

/// <summary>A rung of the rule ladder.</summary>
internal sealed record PageRule(string Code, bool Passed, bool Decisive, string Detail);
