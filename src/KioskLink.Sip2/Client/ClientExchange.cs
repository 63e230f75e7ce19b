using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Client;

/// <summary>
/// One request until its answer, without sockets and clocks: from what it remembers and what came to what is done next. Every repetition is counted, so
/// that no library system can keep a client busy for ever. Immutable.
/// </summary>
internal sealed record ClientExchange
{
    // Answers to earlier requests, and empty lines: more of them in one exchange is noise.
    private const int StrangersMax = 16;

    public required byte[] Bytes { get; init; }

    public required MessageCode Code { get; init; }

    /// <summary>The digit behind AY; null without error detection.</summary>
    public required byte? Sequence { get; init; }

    public required WireStyle Style { get; init; }

    /// <summary>How often the request, or a wish to hear the answer again, may still be sent.</summary>
    public required int Retries { get; init; }

    /// <summary>The library system executes the same bytes once only, so that any request may be sent again.</summary>
    public bool Deduplicates { get; init; }

    public int Strangers { get; init; }

    /// <summary>The last thing sent was 97.</summary>
    public bool AskedForAnswer { get; init; }

    /// <summary>Something came in answer, damaged: the request may have been executed.</summary>
    private bool WasHeard { get; init; }

    /// <summary>Takes a line. Never throws on what it says.</summary>
    public ClientStep Receive(ReadOnlySpan<byte> line, WireLimits limits)
    {
        var problem = Frame.Read(line, limits, out var frame);
        if (problem == FrameProblem.Empty)
            return Ignore();
        if (problem != FrameProblem.None)
            return Over(ClientFailure.Unexpected);
        if (frame.Check == FrameCheck.Wrong)
            return AskForAnswer();
        if (Sequence is { } sequence && frame.Sequence.Length > 0 && !frame.Sequence.SequenceEqual([sequence]))
            return Ignore();
        return Read(frame);
    }

    /// <summary>Nothing came in time.</summary>
    public ClientStep TimeOut()
    {
        var mayAskTwice = ExpectedAnswer.MayBeAskedTwice(Code);
        // Without a number behind AY a late answer would be taken for that of the next request, so nothing is sent twice then.
        if (Retries > 0 && Sequence is not null && (mayAskTwice || Deduplicates))
            return Again();
        return Over(mayAskTwice ? ClientFailure.NoAnswer : ClientFailure.OutcomeUnknown);
    }

    /// <summary>What a broken connection means for the request.</summary>
    public ClientFailure Broken => ExpectedAnswer.MayBeAskedTwice(Code) ? ClientFailure.NoAnswer : ClientFailure.OutcomeUnknown;

    private ClientStep Read(in Frame frame)
    {
        if (frame.Code == ExpectedAnswer.To(Code) && MessageCodec.ReadResponse(frame, Style.Encoding) is { } answer)
            return new(this, Answer: answer, Status: answer as AcsStatusResponse);
        return frame.Code switch
        {
            // After our own 97 it means that the answer is lost over there.
            MessageCode.ResendRequest when AskedForAnswer => Over(ClientFailure.Damaged),
            MessageCode.ResendRequest => Retries > 0 ? Again() : Over(WasHeard ? ClientFailure.Damaged : ClientFailure.AsksAgain),
            MessageCode.AcsStatus when MessageCodec.ReadResponse(frame, Style.Encoding) is AcsStatusResponse status => Heed(status),
            _ => Over(ClientFailure.Unexpected),
        };
    }

    // A library system may answer anything with its new status; the request is sent again then.
    private ClientStep Heed(AcsStatusResponse status)
    {
        if (!status.OnLine)
            return Over(ClientFailure.OffLine) with { Status = status };
        return (Retries > 0 ? Again() : Over(ClientFailure.Unexpected)) with { Status = status };
    }

    private ClientStep Again() => new(this with { Retries = Retries - 1, AskedForAnswer = false }, Send: Bytes);

    private ClientStep AskForAnswer() => Retries == 0
        ? Over(ClientFailure.Damaged)
        : new(this with { Retries = Retries - 1, AskedForAnswer = true, WasHeard = true }, Send: MessageWriter.Write(new ResendResponseRequest(), Style, [], withCheck: true));

    private ClientStep Ignore() => Strangers < StrangersMax ? new(this with { Strangers = Strangers + 1 }) : Over(ClientFailure.Unexpected);

    private ClientStep Over(ClientFailure failure) => new(this, Failure: failure);
}
