using Google.Protobuf;
using KioskLink.Rules.Pins;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>The state of PIN guesses between rules, wire and rows.</summary>
internal static class GuessProto
{
    /// <summary>The state on the wire.</summary>
    public static Wire.GuessState ToProto(this GuessState state)
    {
        var wire = new Wire.GuessState
        {
            WrongInRow = state.WrongInRow,
            LockedUntil = state.LockedUntil?.ToProto(),
            LockedForGood = state.LockedForGood,
        };
        wire.WrongTimes.AddRange(state.WrongTimes.Select(time => time.ToProto()));
        wire.LockTimes.AddRange(state.LockTimes.Select(time => time.ToProto()));
        return wire;
    }

    /// <summary>The state of the wire; unset is a clean one.</summary>
    public static GuessState FromProto(this Wire.GuessState? state) =>
        state is null || state.CalculateSize() == 0
            ? GuessState.None
            : new GuessState
            {
                WrongInRow = state.WrongInRow,
                LockedUntil = state.LockedUntil?.FromProto(),
                LockedForGood = state.LockedForGood,
                WrongTimes = [.. state.WrongTimes.Select(time => time.FromProto())],
                LockTimes = [.. state.LockTimes.Select(time => time.FromProto())],
            };

    /// <summary>The state as a row keeps it.</summary>
    public static byte[] ToRow(this GuessState state) => state.ToProto().ToByteArray();

    /// <summary>The state of a row.</summary>
    public static GuessState FromRow(byte[] row) => row.Length == 0 ? GuessState.None : Wire.GuessState.Parser.ParseFrom(row).FromProto();
}
