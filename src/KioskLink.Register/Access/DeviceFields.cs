using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Access;

/// <summary>
/// What a device in the library may ask and what it is told, by what it is for (R31, R33): a door decisions alone, a checkout machine
/// whose card it is and counts of loans, booking of computers and e-services yes or no and a reason. Pure.
/// </summary>
internal static class DeviceFields
{
    /// <summary>The purpose of checkout machines.</summary>
    public const string Checkout = "checkout";

    /// <summary>The purpose of booking computers.</summary>
    public const string PcBooking = "pc-booking";

    /// <summary>The purpose of e-services.</summary>
    public const string EService = "e-service";

    /// <summary>Refuses a purpose that is none of the device's.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED; INVALID_ARGUMENT for a node that does not say what the device is for.</exception>
    public static void RequirePurpose(CallerRole caller, DeviceRole role, string purpose)
    {
        RequireRole(caller, role);
        var mayAsk = role switch
        {
            _ when caller == CallerRole.EService => role == DeviceRole.Unspecified && purpose == EService,
            DeviceRole.Unspecified => true,
            DeviceRole.SelfCheck => purpose != PcBooking && purpose != EService,
            DeviceRole.PcBooking => purpose == PcBooking,
            _ => false,
        };
        if (!mayAsk)
        {
            throw NotForIt();
        }
    }

    /// <summary>Refuses loans to a device that is no checkout machine.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED; INVALID_ARGUMENT for a node that does not say what the device is for.</exception>
    public static void RequireLoans(CallerRole caller, DeviceRole role)
    {
        RequireRole(caller, role);
        if (role is not (DeviceRole.Unspecified or DeviceRole.SelfCheck))
        {
            throw NotForIt();
        }
    }

    /// <summary>Refuses everything about a patron to a device that neither lends nor books computers.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED; INVALID_ARGUMENT for a node that does not say what the device is for.</exception>
    public static void RequirePatron(CallerRole caller, DeviceRole role)
    {
        RequireRole(caller, role);
        if (role is not (DeviceRole.Unspecified or DeviceRole.SelfCheck or DeviceRole.PcBooking))
        {
            throw NotForIt();
        }
    }

    /// <summary>Whether an answer says whose card it is.</summary>
    public static bool NamesThePatron(CallerRole caller, DeviceRole role, string purpose) =>
        role == DeviceRole.SelfCheck || (role == DeviceRole.Unspecified && purpose != PcBooking && caller != CallerRole.EService);

    // Staff and e-services are no devices: they alone name none.
    private static void RequireRole(CallerRole caller, DeviceRole role)
    {
        if (caller == CallerRole.Node && role == DeviceRole.Unspecified)
        {
            throw Field.Wrong("device_role", "is missing: say what the device is for");
        }
    }

    private static RpcException NotForIt() =>
        Refused.With(StatusCode.PermissionDenied, "DEVICE_ROLE", "This device is for something else; its `device_role` says what it may ask.");
}
