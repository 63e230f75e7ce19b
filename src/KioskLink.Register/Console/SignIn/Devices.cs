namespace KioskLink.Register.Console.SignIn;

/// <summary>What a browser is called in the register's sessions and logs: the address from which it comes.</summary>
internal static class Devices
{
    /// <summary>The name, of letters, digits, dots and dashes.</summary>
    public static string NameOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return "console-" + (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString().Replace(':', '-').Replace('%', '-');
    }
}
