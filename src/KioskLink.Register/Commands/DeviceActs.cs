using KioskLink.Protos.Types.V1;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Commands;

/// <summary>What a technician may have a node do with its devices.</summary>
internal static class DeviceActs
{
    /// <summary>The longest trace through the register, in frames.</summary>
    public const int FramesMax = 100_000;

    private static readonly TimeSpan KeysMax = TimeSpan.FromSeconds(60);

    /// <summary>Refuses what no node could do.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with the field.</exception>
    public static void Check(DeviceAct? act)
    {
        if (act is null || act.Kind == DeviceActKind.Unspecified || !Enum.IsDefined(act.Kind))
            throw Field.Wrong("act.kind", "must say what is done: a probe, a test of a reader, lock or replug, or a trace");
        Field.Required(act.Subject, "act.subject");
        if (act.Kind == DeviceActKind.Probe && (act.Question == DeviceQuestion.Unspecified || !Enum.IsDefined(act.Question)))
            throw Field.Wrong("act.question", "must say what the device is asked");
        if (act.Kind == DeviceActKind.TestLock && !act.DoorMayOpen)
            throw Field.Wrong("act.door_may_open", "must be set: somebody stands at the door and says that it may open");
        if (act.KeysFor?.ToTimeSpan() is { } keys && (keys < TimeSpan.Zero || keys > KeysMax))
            throw Field.Wrong("act.keys_for", $"must be 0 to {KeysMax.TotalSeconds} s");
        if (act.Kind == DeviceActKind.WatchTrace && act.Frames is < 1 or > FramesMax)
            throw Field.Wrong("act.frames", $"must be 1 to {FramesMax}");
    }
}
