using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using KioskLink.Benchmarks.Load;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Entry;

/// <summary>A whole register in this process on its real listener, with the demo's branch, staff badge and a crowd of patrons.</summary>
internal sealed class RegisterSite : IAsyncDisposable
{
    private const string Method = "kiosklink.register.v1.AccessService/AuthorizeEntry";
    private readonly TempFolder _folder = new();
    private readonly RegisterConfig _config;
    private RegisterHost? _host;

    private RegisterSite() => _config = new RegisterConfig(
        new Uri("https://127.0.0.1:0"), Console: null, _folder["register"], DemoBranch.Profile, _folder["register/master.key"]);

    /// <summary>The certificate with which calls are made.</summary>
    public X509Certificate2 Caller { get; private set; } = null!;

    /// <summary>The register's own certificate.</summary>
    public X509Certificate2 Server { get; private set; } = null!;

    /// <summary>Starts a fresh register and stores branch, samples and crowd.</summary>
    public static async Task<RegisterSite> OpenAsync(Crowd crowd)
    {
        var site = new RegisterSite();
        RegisterInit.Write(site._config, DemoBranch.Profile, RegisterSetup.Administrator, TimeProvider.System);
        var files = new IdentityFiles(site._config.Data, site._config.MasterKey);
        site.Caller = X509Certificate2.CreateFromPemFile(files.AdminCertificate, files.AdminKey);
        site.Server = files.LoadServerCertificate();
        site._host = await RegisterHost.StartAsync(site._config, TimeProvider.System);
        await site.FillAsync(site._host, crowd);
        return site;
    }

    /// <summary>The folder in which the register's data stands, for a baseline on the same disk.</summary>
    public string Folder => _config.Data;

    /// <summary>A client for one call, by default <c>AuthorizeEntry</c>.</summary>
    public RawClient NewClient(int connections, string method = Method) => new(new Uri($"{_host!.Addresses.Grpc}/{method}"), Caller, Server, connections);

    /// <summary>Stores items that nobody has, numbered from 1.</summary>
    public Task AddItemsAsync(int count, Func<long, string> name) => _host!.Services.GetRequiredService<RegisterCore>().Lane.WriteAsync(scope =>
    {
        for (var n = 1L; n <= count; n++)
            Sql.Run(
                scope.Db, "INSERT INTO items (consortium, item_id, title, owner, price_cents, updated_at) VALUES ($consortium, $id, 'A title', 'Lahti', 2500, 0)",
                ("$consortium", scope.Consortium), ("$id", name(n)));
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        Caller?.Dispose();
        Server?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private async Task FillAsync(RegisterHost host, Crowd crowd)
    {
        using GrpcChannel channel = Channels.ToRegister(new Uri(host.Addresses.Grpc), _config.Data);
        var setup = new RegisterSetup(channel, Console.Error, TimeProvider.System);
        await setup.FillAsync();
        using var file = crowd.ToImportFile();
        await setup.ImportAsync(file, "crowd", CancellationToken.None);
    }
}
