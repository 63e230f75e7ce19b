using KioskLink.Devices.Osdp;

namespace KioskLink.Cli.Devices;

/// <summary>What a capture tells of one address.</summary>
/// <param name="Address">The address.</param>
/// <param name="SentAgain">Commands that were sent again with the same bytes.</param>
/// <param name="Unanswered">Commands after which nothing came.</param>
/// <param name="Replies">From each command to its reply, shortest first.</param>
internal sealed record CapturedDevice(int Address, int SentAgain, int Unanswered, IReadOnlyList<TimeSpan> Replies)
{
    /// <summary>The addresses of a capture.</summary>
    public static IReadOnlyList<CapturedDevice> In(IReadOnlyList<CapturedFrame> capture) =>
        [.. capture.Where(frame => frame.Summary.IsWhole).GroupBy(frame => (int)frame.Summary.Address).OrderBy(group => group.Key).Select(group => Of(group.Key, [.. group]))];

    /// <summary>The reply time that a share of replies did not exceed; zero without a reply.</summary>
    public TimeSpan ReplyAt(double share) => Replies.Count == 0 ? TimeSpan.Zero : Replies[Math.Clamp((int)Math.Ceiling(share * Replies.Count) - 1, 0, Replies.Count - 1)];

    private static CapturedDevice Of(int address, IReadOnlyList<CapturedFrame> frames)
    {
        var (again, unanswered, replies) = (0, 0, new List<TimeSpan>());
        for (var at = 0; at < frames.Count; at++)
        {
            if (frames[at].Summary.IsReply)
                continue;
            var next = at + 1 < frames.Count ? frames[at + 1] : null;
            if (next is { Summary.IsReply: true })
                replies.Add(next.At - frames[at].At);
            else if (next?.Bytes.AsSpan().SequenceEqual(frames[at].Bytes) == true)
                again++;
            else
                unanswered += next is null ? 0 : 1;
        }
        replies.Sort();
        return new CapturedDevice(address, again, unanswered, replies);
    }
}
