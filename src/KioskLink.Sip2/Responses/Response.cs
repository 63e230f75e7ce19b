namespace KioskLink.Sip2;

/// <summary>A message from a library system.</summary>
public abstract record Response : Sip2Message;
