using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Staff;

/// <summary>Where somebody signs in.</summary>
/// <param name="Device">What the device is called in sessions and the audit log.</param>
/// <param name="Source">Whose line a sign-in waits in: the browser where the register's own pages name it, else the network.</param>
internal sealed record SignInPlace(string Device, string Source)
{
    /// <summary>The place of a call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="device">The device that the request names; empty means as the call's metadata says.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static SignInPlace Of(ServerCallContext context, string device = "")
    {
        var name = device.Length == 0 ? CallEntry.DeviceOf(context) : CallEntry.CheckedDevice(device);
        var network = CallerNetwork.Of(context.Peer);
        return new SignInPlace(name, network.IsHere ? name : network.Name);
    }
}
