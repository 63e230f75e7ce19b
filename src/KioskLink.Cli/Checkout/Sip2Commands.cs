using System.CommandLine;

namespace KioskLink.Cli.Checkout;

/// <summary><c>sip2 client</c>: what checkout machines speak.</summary>
internal static class Sip2Commands
{
    public static Command Create(Session session) => new("sip2", "What checkout machines speak: try a node's listener, or a library system.") { ClientCommand.Create(session) };
}
