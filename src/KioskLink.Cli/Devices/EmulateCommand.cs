using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Devices.Serial;

namespace KioskLink.Cli.Devices;

/// <summary><c>device emulate</c>: a virtual device on a virtual serial port, to try a node without hardware.</summary>
internal static class EmulateCommand
{
    private const int DefaultBaud = 38400, MostAddress = 126, KeyDigits = 32;

    /// <summary>The option of a line's speed.</summary>
    public static Option<int> Baud()
    {
        var baud = new Option<int>("--baud") { Description = "The speed of the line.", HelpName = "BAUD", DefaultValueFactory = _ => DefaultBaud };
        baud.Validators.Add(given =>
        {
            if (!SerialPort.Supports(given.GetValueOrDefault<int>()))
                given.AddError("--baud takes 9600, 19200, 38400, 57600, 115200 or 230400");
        });
        return baud;
    }

    public static Command Create(Session session)
    {
        var kind = new Argument<string>("KIND") { Description = "What to play." };
        kind.AcceptOnlyFromAmong([.. EmulatedDevice.Kinds]);
        var port = new Option<string>("--port") { Description = "The name of the virtual port: a link that is made and deleted.", HelpName = "PATH", Required = true };
        var address = new Option<int>("--address") { Description = $"Its address, 0 to {MostAddress}.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        address.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > MostAddress)
                given.AddError($"--address takes 0 to {MostAddress}");
        });
        var (baud, key) = (Baud(), new Option<FileInfo?>("--key-file") { Description = "A file with its OSDP key of 32 hexadecimal digits; without one it speaks in clear.", HelpName = "FILE" });
        var command = new Command("emulate", "Play a device on a virtual serial port. What people do is typed: `card NUMBER`, `keys DIGITS`, `chip ID`, `input N on`, `power off`, `unplug`; `help` lists it.") { kind, port, address, baud, key };
        command.SetAction(async (parsed, stop) =>
        {
            using var device = EmulatedDevice.Create(parsed.GetRequiredValue(kind), parsed.GetRequiredValue(port), (byte)parsed.GetValue(address), parsed.GetValue(baud), KeyOf(parsed.GetValue(key)), session.Clock);
            return await Run(session, device, stop);
        });
        return command;
    }

    private static async Task<int> Run(Session session, EmulatedDevice device, CancellationToken stop)
    {
        device.Changed += () => session.Terminal.ShowNext(new JsonObject { ["state"] = device.State }, Layout.Sentence(device.State));
        session.Terminal.ShowNext(new JsonObject { ["port"] = device.Path }, Layout.Sentence($"The device is at {device.Path} until Ctrl-C; `help` lists what can be typed."));
        while (!stop.IsCancellationRequested && await session.Terminal.ReadLineAsync(stop) is { } line && line.Trim() != "quit")
            if (line.Trim().Length > 0 && device.Do(line.Trim()) is { } problem)
                session.Terminal.ShowNext(new JsonObject { ["problem"] = problem }, Layout.Sentence(problem));
        return (int)ExitCode.Done;
    }

    private static byte[]? KeyOf(FileInfo? file)
    {
        if (file is null)
            return null;
        var digits = file.Exists ? File.ReadAllText(file.FullName).Trim() : "";
        return digits.Length == KeyDigits && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : throw CommandProblem.Usage($"{file.Name} is missing or does not hold {KeyDigits} hexadecimal digits.");
    }
}
