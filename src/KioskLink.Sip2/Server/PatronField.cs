using KioskLink.Sip2.Circulation;

namespace KioskLink.Sip2.Server;

/// <summary>A field of vendors in 64.</summary>
/// <param name="Id">Its name, such as PA.</param>
/// <param name="Attribute">What it holds; left out where that is not known.</param>
public sealed record PatronField(string Id, PatronAttribute Attribute);
