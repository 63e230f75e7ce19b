using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>Where somebody signs in.</summary>
/// <param name="Device">What the device is called in sessions and the audit log.</param>
/// <param name="Source">Whose line a sign-in waits in: the browser where the register's own pages name it, else the network.</param>
/// <param name="Network">For whom wrong passwords count: the source, but a browser's address without the mark that it may drop.</param>
/// <param name="DeviceKey">The key of a known device; empty where none was sent.</param>
internal sealed partial record SignInPlace(string Device, string Source, string Network, string DeviceKey)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Source;

    /// <summary>The place of a call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="device">The device that the request names; empty means as the call's metadata says.</param>
    /// <param name="deviceKey">The key that the request brings.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static SignInPlace Of(ServerCallContext context, string device = "", string deviceKey = "")
    {
        var name = device.Length == 0 ? CallEntry.DeviceOf(context) : CallEntry.CheckedDevice(device);
        var network = CallerNetwork.Of(context.Peer);
        return network.IsHere
            ? new SignInPlace(name, name, NetworkOf(name), deviceKey)
            : new SignInPlace(name, network.Name, network.Name, deviceKey);
    }

    // The pages name a browser by its address and a mark of its cookie, which a guesser would drop to be counted anew.
    private static string NetworkOf(string name) =>
        Browser().Match(name) is { Success: true } browser ? CallerNetwork.OfAddress(browser.Groups[1].Value.Replace('-', ':')) : name;

    [GeneratedRegex("^console-(.+)-[0-9a-f]{16}$")]
    private static partial Regex Browser();
}
