using KioskLink.Devices;
using KioskLink.Devices.Profiles;

namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>Whether a device is the model that node.json says, by what it says of itself.</summary>
internal static class ProfileDiagnosis
{
    /// <summary>What its profile promises and the device has not; null when nothing is missing, or there is no profile.</summary>
    public static string? FindLack(DeviceSight device) => device is { IsBoard: false, Model: { } model, Status.Capabilities: { } told }
        ? FindLack(model, told) is { } lack ? $"Its profile {model.Model} promises {lack}." : null
        : null;

    private static string? FindLack(DeviceProfile model, DeviceCapabilities told)
    {
        if (model.Outputs > told.Outputs)
            return $"{model.Outputs} outputs, and it says that it has {told.Outputs}";
        if (model.Inputs > told.Inputs)
            return $"{model.Inputs} inputs, and it says that it has {told.Inputs}";
        if (model.Outputs > 0 && model.OutputsTimed && !told.OutputsTimed)
            return "outputs that end an unlock by themselves, and it says that they do not";
        if (model.Reader && told is { Cards: false, Readers: 0 })
            return "a card reader, and it says that it has none";
        return model.Display is not null && told.Displays == 0 ? "a display, and it says that it has none" : null;
    }
}
