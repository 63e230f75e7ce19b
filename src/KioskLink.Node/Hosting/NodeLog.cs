using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace KioskLink.Node.Hosting;

/// <summary>Where the node logs: stderr, and a file a day in `data/logs`. No line carries personal data.</summary>
internal static class NodeLog
{
    private const int FilesMax = 31;
    private const long FileBytesMax = 64 * 1024 * 1024;
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    /// <summary>Opens the log.</summary>
    public static Logger Open(string data) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
        .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
        .WriteTo.File(
            Path.Combine(data, "logs", "node-.log"),
            outputTemplate: Line,
            formatProvider: CultureInfo.InvariantCulture,
            rollingInterval: RollingInterval.Day,
            rollOnFileSizeLimit: true,
            fileSizeLimitBytes: FileBytesMax,
            retainedFileCountLimit: FilesMax)
        .CreateLogger();
}
