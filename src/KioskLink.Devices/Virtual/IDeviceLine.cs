namespace KioskLink.Devices.Virtual;

/// <summary>What a virtual device needs of the line it hangs on: <see cref="VirtualLine"/> in real time, or one without a wire in a test's time.</summary>
internal interface IDeviceLine
{
    /// <summary>The line's time.</summary>
    TimeSpan Now { get; }

    /// <summary>Sends a device's bytes: they arrive one after the other at the speed of the line, in lumps as adapters deliver them.</summary>
    /// <param name="sender">The device. While two send at once, neither can be read.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="from">When their first bit goes out; what the program took to make them does not delay them.</param>
    void Send(VirtualDevice sender, byte[] bytes, TimeSpan from);

    /// <summary>Does something at a time of the line.</summary>
    void Schedule(TimeSpan at, Action action);

    /// <summary>Takes another speed once everything sent so far is out.</summary>
    void ChangeBaudAfterReply(int baud);
}
