using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Unplug;

/// <summary>What is between a program and its devices, and can go and come back.</summary>
/// <param name="Faults">What the line does wrong besides.</param>
/// <param name="PullAsync">It goes.</param>
/// <param name="Return">It comes back.</param>
internal sealed record Cable(LineFaults Faults, Func<Task> PullAsync, Action Return)
{
    /// <summary>The cable of an adapter.</summary>
    public static Cable Of(VirtualLine line) => new(line.Faults, () => Pull(line), line.Replug);

    private static Task Pull(VirtualLine line)
    {
        line.Unplug();
        return Task.CompletedTask;
    }
}
