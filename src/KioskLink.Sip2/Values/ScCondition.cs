namespace KioskLink.Sip2;

/// <summary>How a machine says it is, in 99.</summary>
public enum ScCondition
{
    /// <summary>0: all right.</summary>
    Ok = 0,

    /// <summary>1: its printer is out of paper.</summary>
    OutOfPaper = 1,

    /// <summary>2: it is about to shut down.</summary>
    ShuttingDown = 2,
}
