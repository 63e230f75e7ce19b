using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Testing;

/// <summary>What is encoded is decoded as it was, and no bytes from a wire do more harm than a status.</summary>
public sealed class WireProperties
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    private static readonly Gen<byte[]> AnyBytes = ArbMap.Default.GeneratorFor<byte[]>();

    // Bytes that begin like frames, so that more than the first flag is read.
    private static readonly Gen<byte[]> AnyWire =
        from frames in Gen.ListOf(
            from flag in Gen.Frequency((6, Gen.Constant((byte)0)), (3, Gen.Constant((byte)1)), (1, Gen.Choose(2, 255).Select(other => (byte)other)))
            from payload in AnyBytes
            from error in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(-3, 300)))
            select RawHttp.Frame(payload, flag, payload.Length + error))
        from rest in AnyBytes
        select frames.SelectMany(frame => frame).Concat(rest).ToArray();

    [Fact]
    public void A_timeout_crosses_the_wire_in_eight_digits_and_grows_by_no_tick() => Hold(
        from ticks in Gen.Choose(0, int.MaxValue)
        from scale in Gen.Choose(0, 30)
        select TimeSpan.FromTicks((long)ticks << scale),
        timeout =>
        {
            var header = TimeoutHeader.Encode(timeout);
            var decoded = TimeoutHeader.Decode(header)!.Value;
            var lost = timeout - decoded;
            return header.Length <= 9 && (lost >= TimeSpan.Zero || decoded == TimeSpan.FromMicroseconds(1)) && lost.Ticks <= Math.Max(10, timeout.Ticks / 100_000);
        });

    [Fact]
    public void Any_text_is_a_timeout_or_none() => Hold(ArbMap.Default.GeneratorFor<NonNull<string>>(), text => TimeoutHeader.Decode(text.Get) is null or { Ticks: >= 0 });

    [Fact]
    public void A_message_of_a_status_crosses_the_wire_as_printable_ascii() => Hold(
        ArbMap.Default.GeneratorFor<NonNull<string>>(),
        text =>
        {
            // A lone surrogate is no text; UTF-8 replaces it.
            var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
            var header = StatusMessage.Encode(whole);
            return header.All(c => c is >= ' ' and <= '~') && StatusMessage.Decode(header) == whole;
        });

    [Fact]
    public void Any_header_is_some_message_of_a_status() => Hold(
        ArbMap.Default.GeneratorFor<NonNull<string>>(),
        header => StatusMessage.Decode("%" + header.Get + "%") is not null);

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("===")]
    public void Binary_values_cross_the_wire_in_one_header_with_any_padding(string padding) => Hold(
        Gen.NonEmptyListOf(AnyBytes),
        values =>
        {
            var metadata = new Metadata();
            MetadataHeader.AddTo(metadata, "X-Values-Bin", string.Join(", ", values.Select(value => MetadataHeader.Encode(new Metadata.Entry("x-values-bin", value)) + padding)));
            return metadata.GetAll("x-values-bin").Select(entry => entry.ValueBytes).SequenceEqual(values, ByteArrays.Equal);
        });

    [Fact]
    public void Any_header_is_metadata_or_none() => Hold(
        ArbMap.Default.GeneratorFor<NonNull<string>>(),
        value =>
        {
            var metadata = new Metadata();
            MetadataHeader.AddTo(metadata, "x-any-bin", value.Get);
            MetadataHeader.AddTo(metadata, "x-any", value.Get);
            return metadata.GetValue("x-any") == value.Get;
        });

    [Fact]
    public void Messages_packed_or_not_are_read_as_they_were_sent_however_the_wire_cuts_them() => Hold(
        from messages in Gen.ListOf(AnyBytes.Zip(Gen.Elements<CompressionLevel?>(null, CompressionLevel.Fastest)))
        from chunk in Gen.Choose(1, 20)
        select (messages, chunk),
        sent =>
        {
            var wire = sent.messages.SelectMany(message => Framed(message.Item1, message.Item2)).ToArray();
            var (read, failure) = ReadAll(wire, sent.chunk, HeaderNames.Identity);
            (read, failure) = sent.messages.Any(message => message.Item2 is not null) ? ReadAll(wire, sent.chunk, Gzip.Name) : (read, failure);
            return failure is null && read.SequenceEqual(sent.messages.Select(message => message.Item1), ByteArrays.Equal);
        });

    [Fact]
    public void Any_bytes_are_messages_and_at_the_end_a_status() => Hold(
        from wire in AnyWire
        from chunk in Gen.Choose(1, 40)
        from encoding in Gen.Elements<string?>(null, Gzip.Name)
        select (wire, chunk, encoding),
        any => ReadAll(any.wire, any.chunk, any.encoding).Failure?.StatusCode is null or StatusCode.Internal or StatusCode.ResourceExhausted);

    private static byte[] Framed(byte[] message, CompressionLevel? compression)
    {
        using var frame = MessageFrame.Create(Bytes, message, maxSize: null, compression);
        return frame.Memory.ToArray();
    }

    private static (List<byte[]> Read, RpcException? Failure) ReadAll(byte[] wire, int chunk, string? encoding)
    {
        var read = new List<byte[]>();
        try
        {
            var reader = new MessageReader<byte[]>(PipeReader.Create(new Trickle(wire, chunk)), Bytes, maxSize: 1000, encoding);
            while (Now(reader.ReadAsync(CancellationToken.None)) is { } message)
                read.Add(message);
            return (read, null);
        }
        catch (RpcException failure)
        {
            return (read, failure);
        }
    }

    /// <summary>A trickle never waits, so nothing that reads it does.</summary>
    private static T Now<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A read waited.");

    private static void Hold<T>(Gen<T> any, Func<T, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(Arb.From(any), property));

    /// <summary>Bytes that come a few at a time.</summary>
    private sealed class Trickle(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(chunk, buffer.Length)]));
    }

    private sealed class ByteArrays : IEqualityComparer<byte[]>
    {
        internal static readonly ByteArrays Equal = new();

        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
