using KioskLink.Demo.Setup;
using KioskLink.Demo.World;

namespace KioskLink.Demo.Samples;

/// <summary>What the demo prints when a patron could walk up to the door.</summary>
internal static class Welcome
{
    /// <summary>Prints the sample cards with their PINs, where everything is, and that the demo is ready.</summary>
    public static void Print(TextWriter output, DemoWorld world, Uri? page)
    {
        output.WriteLine($"{"card",-15} {"PIN",-6} {"the door says",-20} who");
        foreach (var sample in SamplePatron.All)
        {
            var who = sample.Customer.Length > 0 ? $"{sample.Name} ({sample.Customer})" : sample.Name;
            output.WriteLine($"{sample.CardNumber,-15} {sample.Pin,-6} {sample.Outcome,-20} {who}: {sample.Why}");
        }
        output.WriteLine($"data      {world.Folder.Path}");
        output.WriteLine($"register  {world.RegisterAddress}");
        output.WriteLine($"console   {world.ConsoleAddress}");
        output.WriteLine($"panel     {world.PanelAddress}");
        output.WriteLine($"node      {world.Folder.NodeSocket}");
        output.WriteLine($"sip2      {world.MachineEndPoint} (login {SelfCheckLogin.User}, password {SelfCheckLogin.Password})");
        if (page is not null)
        {
            output.WriteLine($"page      {page}");
        }
        output.WriteLine("KioskLink demo is ready");
        output.Flush();
    }
}
