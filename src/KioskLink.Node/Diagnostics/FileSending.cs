using System.Security.Cryptography;
using System.Threading.Channels;
using Grpc.Core;
using KioskLink.Devices.Osdp;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>Takes a file from a technician whole, then sends it to a device and tells how far it is.</summary>
internal static class FileSending
{
    /// <summary>The bytes of a file, checked against what its head said.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: it is empty, too large or not whole.</exception>
    public static async Task<byte[]> ReceiveAsync(FileStart start, IAsyncStreamReader<SendFileRequest> requests, CancellationToken cancellation)
    {
        if (start.Size is <= 0 or > OsdpLimits.LargestFile)
            throw Wrong($"A file has 1 to {OsdpLimits.LargestFile} bytes.");
        var (content, count) = (new byte[start.Size], 0);
        while (await requests.MoveNext(cancellation))
        {
            var chunk = requests.Current.Chunk.Span;
            if (chunk.Length > content.Length - count)
                throw Wrong("More bytes came than the file was said to have.");
            chunk.CopyTo(content.AsSpan(count));
            count += chunk.Length;
        }
        return count == content.Length && SHA256.HashData(content).AsSpan().SequenceEqual(start.Sha256.Span)
            ? content
            : throw Wrong("The file did not arrive whole: send it again.");
    }

    /// <summary>Sends it: progress, and at last what became of it.</summary>
    public static async Task<FileResult> SendAsync(
        OsdpBus bus, FileStart start, byte[] content, IServerStreamWriter<SendFileResponse> responses, CancellationToken cancellation)
    {
        var progress = Channel.CreateBounded<FileProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var file = new DeviceFile(content, (byte)(start.Type == 0 ? 1 : start.Type), start.MayGoInClear);
        var sending = bus.SendFileAsync(start.DeviceId, file, new Told<FileProgress>(taken => progress.Writer.TryWrite(taken)), cancellation);
        _ = sending.ContinueWith(_ => progress.Writer.TryComplete(), TaskScheduler.Default);
        var last = new SendFileResponse { Total = content.Length };
        await foreach (var taken in progress.Reader.ReadAllAsync(CancellationToken.None))
            await responses.WriteAsync(last = new SendFileResponse { Taken = taken.Taken, Total = taken.Total }, cancellation);
        var result = await sending;
        await responses.WriteAsync(new SendFileResponse { Taken = last.Taken, Total = last.Total, Result = $"{result}" }, cancellation);
        return result;
    }

    private static RpcException Wrong(string sentence) => new(new Status(StatusCode.InvalidArgument, $"FILE_WRONG: {sentence}"));
}
