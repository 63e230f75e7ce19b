using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp.Commands;

namespace KioskLink.Devices.Osdp;

/// <summary>A command that waits for its turn, and the promise to say what became of it.</summary>
internal sealed class QueuedCommand(Func<TimeSpan, OsdpCommand> make, TimeSpan deadline)
{
    private readonly TaskCompletionSource<OutputResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueuedCommand(OsdpCommand command)
        : this(_ => command, TimeSpan.MaxValue) => Command = command;

    /// <summary>The command, where it does not depend on when it is sent.</summary>
    public OsdpCommand? Command { get; }

    public Task<OutputResult> Completion => _result.Task;

    /// <summary>Makes the command at the moment it is first sent.</summary>
    public OsdpCommand Make(TimeSpan now) => make(now);

    /// <summary>After this time it must not go over the line any more.</summary>
    public bool Expired(TimeSpan now) => now > deadline;

    public void Complete(OutputResult result) => _result.TrySetResult(result);
}
