namespace KioskLink.Register.Hosting;

/// <summary>The address under which nodes reach the register: as configured, with the port that was given out.</summary>
internal sealed class RegisterEndpoint(RegisterConfig config)
{
    /// <summary>The address; the port is known once the listener is open.</summary>
    public string Address { get; private set; } = config.Register.GetLeftPart(UriPartial.Authority);

    /// <summary>Notes the address of the open listener.</summary>
    public void Opened(string address) => Address = address;
}
