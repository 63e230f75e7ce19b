using KioskLink.Register.Hosting;

return await RegisterProgram.RunAsync(args, Console.Out, Console.Error);
