import { Random } from '/work/main/benchmarks/rivals/random.js';
import { core, reference } from '/work/main/tests/core-driver.js';
import { Stream, randomConfig } from '/work/main/tests/random-learners.js';
import { fieldAt } from '/work/main/tests/reference/state.js';
const N=+process.argv[2]||40, T=+process.argv[3]||300;
const random = new Random(+process.argv[4]||1); let bad=0; const t0=performance.now(); let tr=0,ts=0;
for (let k=0;k<N;k++){ const c=randomConfig(random,{inputs:20,units:20,layers:8,labels:40,cost:700});const seed=random.u32();
 const r=reference(c), s=core('scalar',c), v=core('simd',c); const st=new Stream(c,new Random(seed));
 const chk=(t:number)=>{const e=r.state();for(const o of [s,v]){const b=o.state();if(Buffer.compare(b,e)){const at=b.findIndex((x,i)=>x!==e[i]);console.log(k,t,o.name,fieldAt(r.learner,at),b.length,e.length,JSON.stringify(c));bad++;return true}}return false};
 if(chk(-1))continue;
 for(let t=0;t<T;t++){st.next();let x:any=st.bits;if(c.window){const f=r.extract(x);for(const o of [s,v]){const g=o.extract(x);if(Buffer.compare(Buffer.from(g.buffer),Buffer.from(f.buffer))){console.log('feat',k,t,o.name);bad++}}x=f}
  let a=performance.now();r.learn(x,st.label);let b=performance.now();s.learn(x,st.label);v.learn(x,st.label);tr+=b-a;ts+=performance.now()-b;
  if((t<40||t%200==199)&&chk(t))break}
}
console.log({bad,ms:performance.now()-t0,tr,ts,us:tr*1e3/(N*T)});
