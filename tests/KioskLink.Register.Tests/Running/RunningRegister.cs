using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Staff;
using KioskLink.Register.Store;
using KioskLink.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KioskLink.Register.Tests.Running;

/// <summary>A real register in this process: its own keys and store in a folder of its own, Kestrel on a free port, real mTLS.</summary>
internal sealed class RunningRegister : IAsyncDisposable
{
    /// <summary>The account of the person whose certificate the tests hold.</summary>
    public const string Administrator = "testi.hoitaja";

    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private readonly List<IDisposable> _channels = [];

    private RunningRegister(TempFolder folder, bool ownsFolder, RegisterHost host)
    {
        (_folder, _ownsFolder, Host) = (folder, ownsFolder, host);
        Admin = ChannelOf(AdminCertificate());
    }

    public RegisterHost Host { get; }

    public RegisterCore Core => Host.Services.GetRequiredService<RegisterCore>();

    public GrpcChannel Admin { get; }

    public NodeService.NodeServiceClient AdminNodes => new(Admin);

    public T Part<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Starts one, and its administrator gives the undertaking of secrecy in the register's first life.</summary>
    public static async Task<RunningRegister> StartAsync(TimeProvider? time = null, TempFolder? folder = null)
    {
        var isNew = folder is null || !File.Exists(folder["register/ca.pem"]);
        var register = await StartBareAsync(time, folder);
        if (isNew)
            await UndertakeAsync(register.Admin);
        return register;
    }

    /// <summary>Gives the undertaking of secrecy, without which no certificate reaches a patron.</summary>
    public static async Task UndertakeAsync(GrpcChannel channel) =>
        await new Protos.Register.V1.StaffService.StaffServiceClient(channel).AcceptUndertakingAsync(new AcceptUndertakingRequest { Version = Undertakings.Version });

    /// <summary>Starts one whose administrator has given no undertaking.</summary>
    public static async Task<RunningRegister> StartBareAsync(TimeProvider? time = null, TempFolder? folder = null)
    {
        var own = folder is null;
        folder ??= new TempFolder();
        var data = folder["register"];
        var config = new RegisterConfig(new Uri("https://127.0.0.1:0"), null, data, "lastu", Path.Combine(data, "master.key"), Alarms: Named("alarms.json"), Sip2: Named("sip2.json"));
        string? Named(string file) => File.Exists(folder[file]) ? folder[file] : null;
        time ??= TimeProvider.System;
        if (!File.Exists(Path.Combine(data, "ca.pem")))
        {
            Directory.CreateDirectory(data);
            RegisterInit.Write(config, "lastu", Administrator, time);
        }

        return new RunningRegister(folder, own, await RegisterHost.StartAsync(config, time));
    }

    public X509Certificate2 AdminCertificate() => AdminCertificate(_folder["register"]);

    public static X509Certificate2 AdminCertificate(string data) =>
        X509Certificate2.CreateFromPemFile(Path.Combine(data, "admin.pem"), Path.Combine(data, "admin.key"));

    /// <summary>A connection of its own with a client certificate, or without.</summary>
    public GrpcChannel ChannelOf(X509Certificate2? certificate)
    {
        var (channel, parts) = Connect(_folder["register"], Host.Addresses.Grpc, certificate);
        _channels.AddRange([channel, .. parts]);
        return channel;
    }

    /// <summary>A connection to a register over a data folder, in this process or another, and what to dispose after it.</summary>
    public static (GrpcChannel Channel, IDisposable[] Parts) Connect(string data, string address, X509Certificate2? certificate)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(data, "ca.pem"));
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, server, _, _) => IsSignedBy(authority, server),
            },
        };
        return (GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler }), [handler, authority]);
    }

    /// <summary>Makes a node of a branch and enrols it.</summary>
    public async Task<TestNode> EnrolAsync(string branch, string node = "front", KeyCustody custody = KeyCustody.Tpm)
    {
        var token = await TokenAsync(branch, node);
        var made = TestNode.New(this, custody);
        await made.EnrolAsync(token);
        return made;
    }

    public async Task<EnrollmentToken> TokenAsync(string branch, string node)
    {
        var response = await AdminNodes.CreateEnrollmentAsync(new CreateEnrollmentRequest { BranchId = branch, NodeId = node });
        return EnrollmentToken.Parser.ParseFrom(System.Buffers.Text.Base64Url.DecodeFromChars(response.Token));
    }

    public async Task<NodeStatus> StatusAsync(string node = "front") =>
        (await AdminNodes.ListNodesAsync(new ListNodesRequest())).Nodes.Single(status => status.NodeId == node);

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await Host.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }

    // The register's clock may stand elsewhere than the machine's, so dates are not looked at.
    private static bool IsSignedBy(X509Certificate2 authority, X509Certificate? server)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return server is X509Certificate2 certificate && chain.Build(certificate);
    }
}
