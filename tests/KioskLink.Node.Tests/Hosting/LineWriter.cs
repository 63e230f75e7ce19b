using System.Threading.Channels;

namespace KioskLink.Node.Tests.Hosting;

/// <summary>Hands written lines to a test.</summary>
internal sealed class LineWriter(ChannelWriter<string> lines) : StringWriter
{
    public override Task WriteLineAsync(string? value)
    {
        lines.TryWrite(value ?? "");
        return Task.CompletedTask;
    }
}
