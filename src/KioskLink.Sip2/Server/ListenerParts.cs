using System.IO.Pipelines;
using KioskLink.Sip2.Transcript;

namespace KioskLink.Sip2.Server;

/// <summary>What all connections of a listener share.</summary>
internal sealed record ListenerParts(
    Sip2ListenerOptions Options, SessionCore Core, Answerer Answerer, Admission Admission, ListenerTally Tally, TimeProvider Time)
{
    // A buffer is taken only when bytes are there, so that thousands of idle machines cost none.
    public static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 4096, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true);

    public ListenerLimits Limits => Options.Limits;

    public MaskedTranscript Transcript { get; } = new(CardMask.SameWord);
}
