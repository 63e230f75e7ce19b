namespace KioskLink.Sip2;

/// <summary>A message from a machine.</summary>
public abstract record Request : Sip2Message
{
    /// <summary>Overwrites its PINs and passwords, once it was answered.</summary>
    public virtual void Wipe()
    {
    }
}
