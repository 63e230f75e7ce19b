namespace KioskLink.Devices.Osdp;

/// <summary>Which way a frame went.</summary>
public enum FrameDirection
{
    /// <summary>From the panel.</summary>
    Sent,

    /// <summary>From a device.</summary>
    Received,
}

/// <summary>Sees every frame of a bus on its thread; it must be quick. Card bits and keys are masked before it is called.</summary>
/// <param name="direction">Which way it went.</param>
/// <param name="frame">The frame from 53 to its last check byte, valid during the call.</param>
/// <param name="masked">Something was replaced and the check field computed anew.</param>
public delegate void FrameTrace(FrameDirection direction, ReadOnlySpan<byte> frame, bool masked);
