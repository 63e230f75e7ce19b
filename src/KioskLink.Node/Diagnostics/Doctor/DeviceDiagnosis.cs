using System.Globalization;
using KioskLink.Devices;
using KioskLink.Devices.Osdp;
using KioskLink.Node.Buses;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>One device: the one thing that explains best what was seen of it.</summary>
internal static class DeviceDiagnosis
{
    /// <summary>A reader that came back so often in ten minutes is not one whose cable somebody touched.</summary>
    public const int ManyReturns = 3;

    private const double ManyDamaged = 0.01, NearlyAllDamaged = 0.5;
    private const int EnoughReplies = 200, FewestDamaged = 2;

    // A command and a reply of cards under a secure channel, ten bits a byte.
    private const double BitsOfExchange = 10 * 60;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    /// <summary>Its line of the sheet.</summary>
    /// <param name="device">The device.</param>
    /// <param name="line">Its line.</param>
    /// <param name="neighbours">Every device of the line.</param>
    public static Finding Of(DeviceSight device, LineSight line, IReadOnlyList<DeviceSight> neighbours) =>
        Restarting(device) ?? (device.Status.Online ? OfOnline(device, line) : OfSilent(device, line, neighbours)) ?? InOrder(device.Status);

    /// <summary>What has been heard of a silent device says already why it is silent, without a search.</summary>
    public static bool ExplainsItself(DeviceStatus device) => device.KeyProblem is not null || device.LateReplies > 0 || IsDestroyed(device) || IsOftenBack(device);

    private static Finding? Restarting(DeviceSight device) => IsOftenBack(device.Status)
        ? Fail(device, "BROWN_OUT", $"It was gone and came back {Times(device.Status.RecentReturns)} in ten minutes, as a reader does that loses its supply.",
            "Measure its supply while the lock moves: give the lock a supply of its own, with a diode across its coil.")
        : null;

    private static Finding? OfOnline(DeviceSight device, LineSight line)
    {
        var status = device.Status;
        if (status.RecentlyDamaged is { Of: >= EnoughReplies, Ratio: > ManyDamaged } damaged)
            return Fail(device, "BIT_ERRORS", $"{(100 * damaged.Ratio).ToString("0.#", CultureInfo.InvariantCulture)} % of its replies arrive damaged.",
                "Check screws and shield, 120 ohm at both ends, a common reference wire, and the length of the cable; or set a lower speed.");
        if (status.Replies.Median > Slow + TimeSpan.FromSeconds(BitsOfExchange / line.Baud))
            return SlowReader(device, $"Half of its replies take longer than {status.Replies.Median.TotalMilliseconds:0} ms; after 200 ms it is given up.");
        if (ProfileDiagnosis.FindLack(device) is { } lack)
            return Fail(device, "PROFILE_WRONG", lack, "Name the profile of the model that is really fitted, under \"profile\" in node.json.");
        return status.Security == SessionSecurity.InstallKey
            ? Finding.Warn("INSTALL_KEY", status.Id, "It still speaks under the install key that everyone knows.", "Write a later \"installUntil\" and start the node again: it gives the device a key of its own.")
            : null;
    }

    private static Finding? OfSilent(DeviceSight device, LineSight line, IReadOnlyList<DeviceSight> neighbours)
    {
        if (device.IsBoard)
            return OfSilentBoard(device);
        if (device.Status.KeyProblem is { } key)
            return WrongKey(device, key);
        if (IsDestroyed(device.Status) || At(line, device, line.Baud) is { Disturbed: true })
            return Fail(device, "ADDRESS_SHARED", $"What comes from address {device.Status.Address} cannot be read: two devices answer at once.", "Give one of the two another address, by its switches or its maker's tool.");
        if (line.Found.FirstOrDefault(found => found.Address == device.Status.Address && found.Baud != line.Baud && !found.Disturbed) is { } other)
            return Fail(device, "BAUD_WRONG", $"It answers at {other.Baud} baud, and its line runs at {line.Baud}.", $"Set the device to {line.Baud} baud, or \"baud\" of line {line.Id} to {other.Baud} if all its devices can.");
        if (device.Status.LateReplies > 0)
            return SlowReader(device, "It answers, but later than the 200 ms that the standard allows.");
        return Elsewhere(device, line, neighbours) ?? Fail(device, "SILENT", $"It does not answer at address {device.Status.Address}, at no speed.", "Check its supply, its cable, and the two wires at the device itself.");
    }

    private static Finding? Elsewhere(DeviceSight device, LineSight line, IReadOnlyList<DeviceSight> neighbours)
    {
        var strangers = line.Found.Where(found => neighbours.All(known => known.Status.Address != found.Address)).Select(found => $"{found.Address}").ToList();
        return strangers.Count == 0
            ? null
            : Fail(device, "ADDRESS_WRONG", $"Nothing answers at its address {device.Status.Address}, and at {string.Join(", ", strangers)} answers a device that node.json does not know.",
                $"Set \"address\" of {device.Status.Id} to {string.Join(" or ", strangers)}, or the device's own to {device.Status.Address}.");
    }

    private static Finding OfSilentBoard(DeviceSight device) => device.Status.Counters is { Naks: > 0 } or { Damaged: > 0 }
        ? Fail(device, "PROFILE_WRONG", "It answers, but not as a board of its profile does.", "Name the profile of the board that is really fitted, with its number of relays, under \"profile\" in node.json.")
        : Fail(device, "SILENT", "It does not answer.", "Check its supply, its cable, its address and speed.");

    private static Finding WrongKey(DeviceSight device, KeyAlarmReason reason) =>
        Fail(device, reason == KeyAlarmReason.KeyMismatch ? "KEY_WRONG" : "KEY_REFUSED", $"Device {device.Status.Id} answers and its key is not accepted.", Sentence(DeviceAlarms.Explain(reason)));

    private static Finding SlowReader(DeviceSight device, string sentence) =>
        Fail(device, "SLOW", sentence, "Update its firmware, move it to a line of its own, or exchange it.");

    private static FoundDevice? At(LineSight line, DeviceSight device, int baud) => line.Found.FirstOrDefault(found => found.Address == device.Status.Address && found.Baud == baud);

    private static bool IsDestroyed(DeviceStatus device) => !device.Online && device.RecentlyDamaged is { Were: >= FewestDamaged, Ratio: > NearlyAllDamaged };

    private static bool IsOftenBack(DeviceStatus device) => device.RecentReturns >= ManyReturns;

    private static Finding InOrder(DeviceStatus device) =>
        Finding.Pass(device.Id, $"It answers at address {device.Address}, half of the time within {device.Replies.Median.TotalMilliseconds:0} ms.");

    private static Finding Fail(DeviceSight device, string code, string sentence, string mend) => Finding.Fail(code, device.Status.Id, sentence, mend);

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Times(int count) => count >= RecentReturnsKept ? $"{count} times or more" : $"{count} times";

    private const int RecentReturnsKept = 8;
}
