using System.CommandLine;
using KioskLink.Demo.Setup;

namespace KioskLink.Demo;

/// <summary>The demo's command line.</summary>
internal static class CommandLine
{
    private static readonly Option<bool> Headless = new("--headless") { Description = "Open nothing, run until SIGTERM." };
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Folder for configuration, data and logs (default: a fresh temporary one)." };
    private static readonly Option<FileInfo> Script = new("--script") { Description = "Run the steps of a file, one a line; exit 1 names the line that failed." };
    private static readonly Option<FileInfo> Patrons = new("--patrons") { Description = "A CSV file of other patrons, loaded beside the samples." };
    private static readonly Option<string> Reader = new("--reader") { Description = "Serial device of a real OSDP reader." };
    private static readonly Option<int> ReaderBaud = new("--reader-baud") { Description = "Speed of the real reader.", DefaultValueFactory = _ => 9600 };
    private static readonly Option<int> ReaderAddress = new("--reader-address") { Description = "OSDP address of the real reader.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> Port = new("--port") { Description = "Port of the page.", DefaultValueFactory = _ => 7090 };

    /// <summary>Reads the command line and runs the demo.</summary>
    public static Task<int> RunAsync(string[] arguments, Func<DemoOptions, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("KioskLink's demo: the real register and node, a virtual reader and door, a page to play with.")
        {
            Headless, Data, Script, Patrons, Reader, ReaderBaud, ReaderAddress, Port,
        };
        foreach (var file in new[] { Script, Patrons })
        {
            file.AcceptExistingOnly();
        }
        command.SetAction((parsed, cancellation) => run(Read(parsed), cancellation));
        // The demo ends its programs first, however long that takes: no time limit of the command line's own.
        return command.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static DemoOptions Read(ParseResult parsed)
    {
        var data = parsed.GetValue(Data)?.FullName;
        return new DemoOptions(
            data ?? TemporaryFolder.Make(Path.GetTempPath()),
            data is null,
            parsed.GetValue(Headless),
            parsed.GetValue(Script)?.FullName,
            parsed.GetValue(Patrons)?.FullName,
            parsed.GetValue(Reader),
            parsed.GetValue(ReaderBaud),
            parsed.GetValue(ReaderAddress),
            parsed.GetValue(Port),
            RegisterPort: 7443,
            KioskPort: 7450);
    }
}
