namespace KioskLink.Sip2;

/// <summary>How a device or a library system writes letters. SIP2 has no way to tell: it is agreed upon beforehand.</summary>
public enum TextEncoding
{
    /// <summary>UTF-8.</summary>
    Utf8 = 0,

    /// <summary>ISO 8859-1.</summary>
    Latin1,

    /// <summary>Windows code page 1252.</summary>
    Windows1252,

    /// <summary>DOS code page 850, the default of SIP2 2.00.</summary>
    Cp850,

    /// <summary>ASCII; letters lose their marks when written (`ä` becomes `a`).</summary>
    Ascii,
}
