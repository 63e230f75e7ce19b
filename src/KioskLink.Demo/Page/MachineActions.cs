using System.Security.Cryptography;
using System.Text.Json;
using KioskLink.Demo.Machine;
using KioskLink.Demo.Samples;
using KioskLink.Demo.World;
using KioskLink.Sip2;

namespace KioskLink.Demo.Page;

/// <summary>What people do at the checkout machine of the page. Cards and PINs come in bodies, never in addresses, and nothing of them goes back.</summary>
internal static class MachineActions
{
    private const int BodyMax = 64;

    /// <summary>Makes the machine and its part of the page.</summary>
    public static CheckoutMachine Map(WebApplication application, DemoWorld world, Broadcast broadcast, TimeProvider time)
    {
        var line = new MachineLine(world.MachineEndPoint, time);
        var machine = new CheckoutMachine(line);
        machine.Changed += screen => broadcast.Send("machine", screen);
        line.Spoken += spoken => broadcast.Send("wire", spoken);
        application.MapGet("/machine", () => Results.Json(machine.Screen, JsonSerializerOptions.Web));
        application.MapGet("/machine/items", () => Results.Json(SampleItem.All.Select(Shown), JsonSerializerOptions.Web));
        Post("card", async body => await machine.InsertAsync(await TextAsync(body)));
        Post("pin", async body => await machine.TypeAsync(await SecretAsync(body)));
        Post("lay", async body => await machine.LayAsync(await TextAsync(body)));
        Post("language", async body => await machine.SpeakAsync(await TextAsync(body)));
        Post("borrow", _ => machine.BorrowAsync());
        Post("return", _ => machine.ReturnAsync());
        Post("renew", _ => machine.RenewAsync());
        Post("status", _ => machine.StatusAsync());
        Post("leave", _ => machine.LeaveAsync());
        return machine;

        void Post(string name, Func<Stream, Task> act) => application.MapPost($"/machine/{name}", async (HttpContext context) =>
        {
            await act(context.Request.Body);
            return Results.Json(machine.Screen, JsonSerializerOptions.Web);
        });
    }

    // Who has an item is a first name at most: the page is a picture of the library, not its register.
    private static object Shown(SampleItem item) => new
    {
        item.Barcode,
        item.Title,
        item.Type,
        item.Shelf,
        Note = item switch
        {
            { HeldFor.Length: > 0 } => $"at first on hold for {FirstName(item.HeldFor)}",
            { LentTo.Length: > 0, DueInDays: < 0 } => $"at first overdue at {FirstName(item.LentTo)}'s",
            { LentTo.Length: > 0 } => $"at first on loan to {FirstName(item.LentTo)}",
            _ => "",
        },
    };

    private static string FirstName(string customer) => SamplePatron.All.First(patron => patron.Customer == customer).Name.Split(' ')[0];

    private static async Task<string> TextAsync(Stream body)
    {
        using var reader = new StreamReader(body);
        var buffer = new char[BodyMax];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer));
    }

    private static async Task<Secret> SecretAsync(Stream body)
    {
        var buffer = new byte[BodyMax];
        try
        {
            return Secret.FromUtf8(buffer.AsSpan(0, await body.ReadAtLeastAsync(buffer, BodyMax, throwOnEndOfStream: false)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
