namespace KioskLink.Sip2.Circulation;

/// <summary>What a machine asks. Shows nothing but its name, as it may hold a card number.</summary>
public abstract record Question
{
    /// <summary>Who asks.</summary>
    public required Asker Asker { get; init; }

    /// <summary>When it was asked by the machine's clock, which may be wrong; null where it tells no time.</summary>
    public DateTimeOffset? DeviceTime { get; init; }

    /// <summary>Its name.</summary>
    public sealed override string ToString() => GetType().Name;
}
