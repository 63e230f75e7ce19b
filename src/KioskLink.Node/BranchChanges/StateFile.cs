using System.Text.Json;
using KioskLink.Node.Hosting;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Node.BranchChanges;

/// <summary>What was last known of the branch, and what was done at its changes.</summary>
/// <param name="State">Its state; null before it was known.</param>
/// <param name="Done">What was done, each for one change.</param>
internal sealed record Followed(BranchState? State, IReadOnlySet<DueAction> Done)
{
    /// <summary>Nothing is known.</summary>
    public static Followed Nothing { get; } = new(null, new HashSet<DueAction>());
}

/// <summary>Keeps <see cref="Followed"/> on disk over a restart. What cannot be read counts as nothing known: nothing is done twice for it.</summary>
internal sealed class StateFile(string dataFolder)
{
    private readonly string _path = Path.Combine(dataFolder, "branch-state.json");

    /// <summary>What the disk holds.</summary>
    public Followed Read()
    {
        try
        {
            return File.Exists(_path) && JsonSerializer.Deserialize<Content>(File.ReadAllBytes(_path)) is { Done: { } done } content
                ? new Followed(content.State, done.Select(mark => new DueAction(mark.Action, Instant.FromUnixTimeTicks(mark.Change))).ToHashSet())
                : Followed.Nothing;
        }
        catch (JsonException)
        {
            return Followed.Nothing;
        }
    }

    /// <summary>Keeps it.</summary>
    /// <exception cref="IOException">The disk does not allow it.</exception>
    public void Write(Followed followed)
    {
        var done = followed.Done.Select(due => new Mark(due.ActionId, due.ChangeAt.ToUnixTimeTicks())).ToArray();
        DurableFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new Content(followed.State, done)));
    }

    private sealed record Content(BranchState? State, Mark[] Done);

    private sealed record Mark(string Action, long Change);
}
