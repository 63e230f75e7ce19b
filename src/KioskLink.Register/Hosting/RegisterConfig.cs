using System.Net;

namespace KioskLink.Register.Hosting;

/// <summary>register.json as it was read: paths are absolute, addresses are checked.</summary>
/// <param name="Register">Where gRPC listens; port 0 takes a free one.</param>
/// <param name="Console">Where the pages listen; null means nowhere.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Profile">Name of a shipped consortium profile, or the absolute path of a JSON file.</param>
/// <param name="MasterKey">The file with the master key, outside the database.</param>
/// <param name="ErasureList">The list by which a restored database erases again; null means erased.json in the data folder.</param>
/// <param name="ConsoleProxies">The TLS proxies that stand before the pages, and whose word about browsers is taken; null means none.</param>
/// <param name="Alarms">The file that says to whom alarms are sent; null means that they are only listed.</param>
/// <param name="Sip2">The file of machines that speak SIP2 to the register itself; null means none.</param>
internal sealed record RegisterConfig(
    Uri Register, Uri? Console, string Data, string Profile, string MasterKey, string? ErasureList = null,
    IReadOnlyList<IPAddress>? ConsoleProxies = null, string? Alarms = null, string? Sip2 = null);
