namespace Grpc.Net.Client;

/// <summary>Fits the time to a deadline into what a timer holds.</summary>
internal static class CallTimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    /// <summary>How long to wait; nothing for a deadline that is over, for ever where it lies further away than a timer can wait.</summary>
    internal static TimeSpan Wait(TimeSpan left) => left > Longest ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(left.Ticks, 0));
}
